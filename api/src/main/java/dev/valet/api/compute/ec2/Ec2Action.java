package dev.valet.api.compute.ec2;

/** The actions of EC2 that the adapter calls. */
enum Ec2Action {
  RUN_INSTANCES("RunInstances", Repeat.ONLY_IF_NOTHING_WAS_DONE),
  DESCRIBE_IMAGES("DescribeImages", Repeat.ALWAYS),
  DESCRIBE_INSTANCES("DescribeInstances", Repeat.ALWAYS),
  DESCRIBE_INSTANCE_TYPES("DescribeInstanceTypes", Repeat.ALWAYS),
  DESCRIBE_INSTANCE_TYPE_OFFERINGS("DescribeInstanceTypeOfferings", Repeat.ALWAYS),
  DESCRIBE_SUBNETS("DescribeSubnets", Repeat.ALWAYS),
  DESCRIBE_SECURITY_GROUPS("DescribeSecurityGroups", Repeat.ALWAYS),
  START_INSTANCES("StartInstances", Repeat.ALWAYS),
  STOP_INSTANCES("StopInstances", Repeat.ALWAYS),
  REBOOT_INSTANCES("RebootInstances", Repeat.ONLY_IF_NOTHING_WAS_DONE),
  TERMINATE_INSTANCES("TerminateInstances", Repeat.ALWAYS),
  CREATE_TAGS("CreateTags", Repeat.ALWAYS),
  DELETE_TAGS("DeleteTags", Repeat.ALWAYS);

  /** When a failed attempt may be repeated within one call. */
  enum Repeat {
    /** Reading, or an action that does nothing more when done twice. */
    ALWAYS,
    /**
     * Only after an answer that says that nothing was done. A launch repeated after a lost
     * connection would be safe by its token, but an error of the second attempt would then say
     * nothing about the first, and the caller could no longer tell what is proven. So the caller
     * repeats it, knowing of both. A second reboot would interrupt the first.
     */
    ONLY_IF_NOTHING_WAS_DONE
  }

  private final String wire;
  private final Repeat repeat;

  Ec2Action(String wire, Repeat repeat) {
    this.wire = wire;
    this.repeat = repeat;
  }

  /** EC2's name of it; also the tag of metrics. */
  String wire() {
    return wire;
  }

  Repeat repeat() {
    return repeat;
  }

  /** Whether it is a step of a launch, where an unknown image or subnet is a wrong request. */
  boolean ofLaunch() {
    return this == RUN_INSTANCES || this == DESCRIBE_IMAGES;
  }
}
