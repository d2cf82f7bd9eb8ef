/**
 * EC2's actions: each reads its parameters, checks them as EC2 does and does its work on the fleet.
 * Writes nothing but through {@code fleet}.
 */
@NullMarked
package dev.valet.local.ec2.action;

import org.jspecify.annotations.NullMarked;
