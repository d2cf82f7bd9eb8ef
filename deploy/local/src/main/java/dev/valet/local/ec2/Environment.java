package dev.valet.local.ec2;

import dev.valet.local.ec2.machine.EnvironmentFile;
import dev.valet.local.ec2.wire.Account;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/**
 * {@code DATA/ec2.env}: what a caller needs to know, in the variables of the AWS tools. Whoever
 * sets up the data folder writes it.
 */
record Environment(Path file, Map<String, String> values) {

  static Environment read(Path data) throws IOException {
    Path file = data.resolve("ec2.env");
    try {
      return new Environment(file, EnvironmentFile.parse(Files.readString(file)).values());
    } catch (NoSuchFileException e) {
      throw new IOException(file + " is missing; it must name account, region and keys", e);
    }
  }

  Account account() {
    return new Account(
        value("VALET_EC2_ACCOUNT"),
        value("AWS_REGION"),
        value("AWS_ACCESS_KEY_ID"),
        value("AWS_SECRET_ACCESS_KEY"));
  }

  URI endpoint() {
    return URI.create(value("AWS_ENDPOINT_URL_EC2"));
  }

  private String value(String name) {
    String value = values.get(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException(file + " does not set " + name);
    }
    return value;
  }
}
