package io.barnabas.compat.differential;

/**
 * One field in which two brokers answered differently.
 *
 * @param what the request's name in its scenario
 * @param path of the field, with list positions in brackets
 */
record Difference(String api, short version, String what, String path, String apache, String ours, String request) {}
