package dev.valet.local.ec2.fleet;

/** What a command did to one instance. */
public record StateChange(String instanceId, InstanceState previous, InstanceState current) {}
