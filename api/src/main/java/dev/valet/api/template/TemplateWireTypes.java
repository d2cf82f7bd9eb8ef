package dev.valet.api.template;

import dev.valet.common.template.SavedTemplate;
import dev.valet.common.template.TemplateSpec;
import dev.valet.common.template.TemplateValidation;
import dev.valet.common.template.TemplateVersionView;
import dev.valet.common.template.TemplateView;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Types that are written and read by hand, which a native executable must be told of. */
@RegisterForReflection(
    targets = {
      SavedTemplate.class,
      TemplateView.class,
      TemplateVersionView.class,
      TemplateSpec.class,
      TemplateSpec.Volume.class,
      TemplateSpec.Health.class,
      TemplateValidation.class,
      TemplateValidation.Check.class
    })
class TemplateWireTypes {}
