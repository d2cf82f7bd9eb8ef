/**
 * The adapter to EC2 and the only user of its SDK: requests, retries, pages, and the translation of
 * errors into what they prove. Writes nothing.
 */
@NullMarked
package dev.valet.api.compute.ec2;

import org.jspecify.annotations.NullMarked;
