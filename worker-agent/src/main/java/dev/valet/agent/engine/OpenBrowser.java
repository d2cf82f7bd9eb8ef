package dev.valet.agent.engine;

import dev.valet.agent.netguard.TaskProxy;

/** A browser with all that it needs: its name, its proxy, itself. */
record OpenBrowser(String run, TaskProxy proxy, RunningBrowser browser) {}
