package dev.valet.agent.netguard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks names up. */
@FunctionalInterface
interface Names {
  /** All addresses of a name; blocking. An address is its own. */
  List<InetAddress> lookUp(String name) throws UnknownHostException;
}
