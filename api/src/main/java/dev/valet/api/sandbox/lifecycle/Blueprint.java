package dev.valet.api.sandbox.lifecycle;

/**
 * What an instance was, or shall be, made from: equal blueprints make equal instances.
 *
 * @param templateVersion of the sandbox's template, which never changes
 * @param parametersHash of the values of the template's parameters
 */
record Blueprint(int templateVersion, String parametersHash) {}
