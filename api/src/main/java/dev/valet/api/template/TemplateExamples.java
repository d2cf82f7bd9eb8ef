package dev.valet.api.template;

/** Bodies for the API's documentation. */
final class TemplateExamples {
  static final String SPEC =
      """
      {
        "imageId": "ami-0a1e7000000000001",
        "instanceTypes": ["t3.large", "t3a.large"],
        "subnetIds": ["subnet-0a1e7000000000001", "subnet-0a1e7000000000002"],
        "securityGroupIds": ["sg-0a1e7000000000001"],
        "publicIp": false,
        "volume": {"sizeGib": 30, "type": "gp3"},
        "engines": ["chromium"],
        "desktop": true,
        "capacity": 2,
        "parameters": [{
          "name": "locale", "type": "choice", "description": "Language of the browsers.",
          "defaultValue": "en-US", "choices": ["en-US", "de-DE"]
        }],
        "health": {"failures": 3, "successes": 2, "bootGrace": "PT5M", "repairAfter": "PT1M"}
      }
      """;

  static final String CREATE =
      "{\"name\": \"checkout-browsers\", \"description\": \"For the checkout tests.\", \"spec\": "
          + SPEC
          + "}";

  static final String VALIDATE = "{\"spec\": " + SPEC + "}";

  static final String WHOLE_VERSION = VALIDATE;

  static final String CHANGES =
      """
      {
        "baseVersion": 3,
        "changes": {"imageId": "ami-0a1e7000000000002", "health": {"failures": 5}}
      }
      """;

  static final String CLONE =
      """
      {"name": "checkout-browsers-arm", "version": 3}
      """;

  static final String COMPARISON =
      """
      {
        "templateId": "0197f0a0-0000-7000-8000-000000000007",
        "from": 3,
        "to": 4,
        "effect": "replace",
        "changes": [
          {
            "path": "imageId", "before": "ami-0a1e7000000000001",
            "after": "ami-0a1e7000000000002", "effect": "replace",
            "meaning": "the instance is replaced"
          },
          {
            "path": "health.failures", "before": 3, "after": 5, "effect": "none",
            "meaning": "counts at once"
          }
        ]
      }
      """;

  static final String VALIDATION =
      """
      {
        "status": "failed",
        "checks": [
          {"name": "rules", "status": "passed", "detail": null},
          {"name": "offerings", "status": "failed", "detail": "1 fault"},
          {
            "name": "security-groups", "status": "not_checked",
            "detail": "not checked: EC2 did not answer: timeout, no answer in time"
          }
        ],
        "errors": [{
          "field": "spec.instanceTypes[1]",
          "message": "m7i.large is not offered in us-east-1c (subnet-0a1e7000000000003)"
        }]
      }
      """;

  private TemplateExamples() {}
}
