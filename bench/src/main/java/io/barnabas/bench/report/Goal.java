package io.barnabas.bench.report;

import java.util.Locale;

/**
 * What a figure is meant to come to, as a ratio to the better Apache Kafka.
 *
 * @param atMost false where more is better
 */
record Goal(String what, String scenario, Figure figure, boolean atMost, double ratio) {
    static Goal atMost(double ratio, String what, String scenario, Figure figure) {
        return new Goal(what, scenario, figure, true, ratio);
    }

    static Goal atLeast(double ratio, String what, String scenario, Figure figure) {
        return new Goal(what, scenario, figure, false, ratio);
    }

    String wording() {
        return String.format(Locale.ROOT, "%s %.2f", atMost ? "at most" : "at least", ratio);
    }

    boolean isMetBy(double measured) {
        return atMost ? measured <= ratio : measured >= ratio;
    }
}
