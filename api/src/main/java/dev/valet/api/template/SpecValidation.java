package dev.valet.api.template;

import dev.valet.api.compute.ComputeCatalogue;
import dev.valet.api.compute.ComputeCatalogue.Group;
import dev.valet.api.compute.ComputeCatalogue.Image;
import dev.valet.api.compute.ComputeCatalogue.Offer;
import dev.valet.api.compute.ComputeCatalogue.Subnet;
import dev.valet.api.compute.ComputeCatalogue.Type;
import dev.valet.api.compute.ComputeException;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.template.SpecFacts.Answer;
import dev.valet.common.template.TemplateCheckStatus;
import dev.valet.common.template.TemplateSpec;
import dev.valet.common.template.TemplateValidation;
import dev.valet.common.template.ValidateTemplateRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Asks EC2 whether it has what a spec names. EC2 not answering is part of the result: never a
 * failure, and never taken for a yes.
 */
@ApplicationScoped
class SpecValidation {
  private final ComputeCatalogue catalogue;
  private final SpecReading reading;

  SpecValidation(ComputeCatalogue catalogue, SpecReading reading) {
    this.catalogue = catalogue;
    this.reading = reading;
  }

  /** Checks a spec that is right by its own rules against EC2. */
  Uni<TemplateValidation> validate(TemplateSpec spec) {
    return facts(spec).map(facts -> ValidationPlanner.judge(spec, facts));
  }

  /**
   * Checks a spec by its own rules, then against EC2.
   *
   * @throws ProblemException validation if it is wrong in itself
   */
  Uni<TemplateValidation> validate(ValidateTemplateRequest request) {
    reading.check(request, request.spec());
    return validate(request.spec());
  }

  /**
   * The same for a spec that is about to be stored.
   *
   * @throws ProblemException validation if EC2 would refuse it
   */
  Uni<TemplateValidation> require(TemplateSpec spec) {
    return validate(spec)
        .invoke(result -> {
          if (result.status() == TemplateCheckStatus.FAILED) {
            throw ProblemException.fields(result.errors());
          }
        });
  }

  private Uni<SpecFacts> facts(TemplateSpec spec) {
    return Uni.combine()
        .all()
        .unis(
            answer(catalogue.images(List.of(spec.imageId()))),
            answer(catalogue.types(spec.instanceTypes())),
            places(spec),
            answer(catalogue.groups(spec.securityGroupIds())))
        .with(SpecValidation::facts);
  }

  /** The zones to ask about are those of the subnets. */
  private record Places(Answer<Subnet> subnets, Answer<Offer> offers) {}

  private static SpecFacts facts(
      Answer<Image> images, Answer<Type> types, Places places, Answer<Group> groups) {
    return new SpecFacts(images, types, places.offers(), places.subnets(), groups);
  }

  private Uni<Places> places(TemplateSpec spec) {
    return answer(catalogue.subnets(spec.subnetIds()))
        .chain(subnets -> offers(spec, subnets).map(offers -> new Places(subnets, offers)));
  }

  private Uni<Answer<Offer>> offers(TemplateSpec spec, Answer<Subnet> subnets) {
    if (subnets.unknown() != null) {
      return Uni.createFrom().item(Answer.unknown("the zones of the subnets are not known"));
    }
    List<String> zones = subnets.items().stream().map(Subnet::zone).distinct().toList();
    return answer(catalogue.offers(spec.instanceTypes(), zones));
  }

  private static <T> Uni<Answer<T>> answer(Uni<List<T>> asked) {
    return asked
        .map(Answer::of)
        .onFailure(ComputeException.class)
        .recoverWithItem(failure -> Answer.unknown(why((ComputeException) failure)));
  }

  private static String why(ComputeException failure) {
    return "EC2 did not answer: " + failure.code() + ", " + failure.getMessage();
  }
}
