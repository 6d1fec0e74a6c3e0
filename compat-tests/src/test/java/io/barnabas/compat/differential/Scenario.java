package io.barnabas.compat.differential;

/** A sequence of requests, the same for every broker. */
@FunctionalInterface
interface Scenario {
    void play(Play play);
}
