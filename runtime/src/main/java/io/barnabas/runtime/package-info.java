/**
 * The doors to the outside: time, timers, threads, disk, faults. The only code that makes threads or reads the clock.
 * Randomness comes in as a {@link java.util.random.RandomGenerator}.
 */
package io.barnabas.runtime;
