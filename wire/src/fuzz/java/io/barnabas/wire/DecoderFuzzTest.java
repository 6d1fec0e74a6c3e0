package io.barnabas.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Searches, guided by coverage, for bytes that {@link RoundTrip} cannot stand. Not part of a normal build, because the
 * search instruments the whole process:
 * {@code JAZZER_FUZZ=1 mvn -Pfuzz -pl wire -am test}.
 */
class DecoderFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void whatCanBeReadCanBeWrittenAndReadAgain(byte[] input) {
        RoundTrip.check(input);
    }
}
