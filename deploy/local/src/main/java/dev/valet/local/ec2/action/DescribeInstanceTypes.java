package dev.valet.local.ec2.action;

import dev.valet.local.ec2.fleet.Catalogue;
import dev.valet.local.ec2.wire.Ec2Refusal;
import dev.valet.local.ec2.wire.QueryParameters;
import dev.valet.local.ec2.wire.XmlAnswer;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Lists the instance types with their sizes. */
record DescribeInstanceTypes(Catalogue catalogue) implements Action {

  private static final int MAX_PAGE = 100;

  private static final Filters<Catalogue.InstanceType> FILTERS =
      Filters.of(
          Map.of(
              "instance-type", type -> List.of(type.name()),
              "current-generation", type -> List.of("true"),
              "bare-metal", type -> List.of("false"),
              "vcpu-info.default-vcpus", type -> List.of(Integer.toString(type.vcpus())),
              "memory-info.size-in-mib", type -> List.of(Integer.toString(type.memoryMiB())),
              "processor-info.supported-architecture", type -> List.of(type.architecture())));

  @Override
  public Work prepare(QueryParameters parameters) {
    List<String> names = parameters.texts("InstanceType");
    List<String> unknown =
        names.stream().filter(name -> catalogue.instanceType(name).isEmpty()).toList();
    if (!unknown.isEmpty()) {
      throw Ec2Refusal.badRequest(
          "InvalidInstanceType", "The following supplied instance types do not exist: " + unknown);
    }
    Predicate<Catalogue.InstanceType> wanted =
        FILTERS.read(parameters).and(type -> names.isEmpty() || names.contains(type.name()));
    Paging paging = Paging.read(parameters, MAX_PAGE);
    List<Catalogue.InstanceType> all = catalogue.instanceTypes();
    return answer -> {
      var page = paging.of(all.stream().filter(wanted).toList(), all::indexOf);
      answer
          .list("instanceTypeSet", page.items(), DescribeInstanceTypes::writeType)
          .element("nextToken", page.nextToken());
    };
  }

  private static void writeType(XmlAnswer answer, Catalogue.InstanceType type) {
    answer
        .element("instanceType", type.name())
        .element("currentGeneration", true)
        .element("freeTierEligible", false)
        .texts("supportedUsageClasses", List.of("on-demand"))
        .texts("supportedRootDeviceTypes", List.of("ebs"))
        .texts("supportedVirtualizationTypes", List.of("hvm"))
        .element("bareMetal", false)
        .element("hypervisor", "nitro")
        .nested(
            "processorInfo", p -> p.texts("supportedArchitectures", List.of(type.architecture())))
        .nested("vCpuInfo", cpu -> cpu.element("defaultVCpus", type.vcpus()))
        .nested("memoryInfo", memory -> memory.element("sizeInMiB", type.memoryMiB()))
        .element("instanceStorageSupported", false)
        .nested("ebsInfo", ebs -> ebs.element("encryptionSupport", "supported"))
        .nested(
            "networkInfo",
            network ->
                network
                    .element("networkPerformance", type.networkPerformance())
                    .element("enaSupport", "required"))
        .element("hibernationSupported", false)
        .element("burstablePerformanceSupported", type.name().startsWith("t"));
  }
}
