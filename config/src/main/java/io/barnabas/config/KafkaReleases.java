package io.barnabas.config;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Names that the version keys take: each step of the inter-broker protocol, and each release alone. */
final class KafkaReleases {

    static final String OLDEST = "0.8.0";
    static final String NEWEST = "4.0-IV1";

    private static final String[] STEPS =
            ("0.8.0 0.8.1 0.8.2 0.9.0 0.10.0-IV0 0.10.0-IV1 0.10.1-IV0 0.10.1-IV1 0.10.1-IV2 0.10.2-IV0 "
                            + "0.11.0-IV0 0.11.0-IV1 0.11.0-IV2 1.0-IV0 1.1-IV0 2.0-IV0 2.0-IV1 2.1-IV0 2.1-IV1 2.1-IV2 "
                            + "2.2-IV0 2.2-IV1 2.3-IV0 2.3-IV1 2.4-IV0 2.4-IV1 2.5-IV0 2.6-IV0 2.7-IV0 2.7-IV1 2.7-IV2 "
                            + "2.8-IV0 2.8-IV1 3.0-IV0 3.0-IV1 3.1-IV0 3.2-IV0 3.3-IV0 3.3-IV1 3.3-IV2 3.3-IV3 3.4-IV0 "
                            + "3.5-IV0 3.5-IV1 3.5-IV2 3.6-IV0 3.6-IV1 3.6-IV2 3.7-IV0 3.7-IV1 3.7-IV2 3.7-IV3 3.7-IV4 "
                            + "3.8-IV0 3.9-IV0 4.0-IV0 4.0-IV1")
                    .split(" ");

    private static final Set<String> NAMES = new HashSet<>();

    static {
        for (String step : STEPS) {
            NAMES.add(step);
            int dash = step.indexOf('-');
            NAMES.add(dash < 0 ? step : step.substring(0, dash));
        }
    }

    private static final int FORMAT_1_SINCE = rank("0.10.0-IV0");
    private static final int FORMAT_2_SINCE = rank("0.11.0-IV0");
    private static final int FORMAT_2_ONLY_SINCE = rank("3.0-IV1");

    private KafkaReleases() {}

    /** Whether brokers that speak to each other as in this version may keep records in an older format. */
    static boolean mayKeepOldFormats(String version) {
        return rank(version) < FORMAT_2_ONLY_SINCE;
    }

    /** The format, 0, 1 or 2, in which brokers of this version kept records. */
    static byte recordFormat(String version) {
        int rank = rank(version);
        if (rank < FORMAT_1_SINCE) return 0;
        return (byte) (rank < FORMAT_2_SINCE ? 1 : 2);
    }

    /** The place of a known name among the steps; a release alone stands for its last step. */
    private static int rank(String version) {
        String name = withoutBugFixNumber(version);
        for (int i = STEPS.length - 1; i >= 0; i--) {
            if (STEPS[i].equals(name) || STEPS[i].startsWith(name + "-")) return i;
        }
        throw new IllegalArgumentException(version);
    }

    /** A bug-fix number behind the release is ignored: 0.10.0.1 is 0.10.0, and 3.9.2 is 3.9. */
    static boolean isKnown(String version) {
        return NAMES.contains(withoutBugFixNumber(version));
    }

    private static String withoutBugFixNumber(String version) {
        String[] parts = version.split("\\.");
        int significant = version.startsWith("0.") ? 3 : 2;
        return parts.length <= significant ? version : String.join(".", Arrays.copyOf(parts, significant));
    }
}
