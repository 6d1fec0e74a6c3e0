package io.barnabas.runtime;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** Numbers that nobody can guess, for ids and for spreading load. Any thread may draw. Tests bring their own generator. */
public final class Randomness implements RandomGenerator {
    private static final Randomness SYSTEM = new Randomness();

    /** The system's source itself: it wants no seed, so that the first number does not wait for one. */
    private final SecureRandom source = new SecureRandom();

    private Randomness() {}

    public static RandomGenerator system() {
        return SYSTEM;
    }

    @Override
    public long nextLong() {
        return source.nextLong();
    }
}
