package io.barnabas.group;

import java.nio.charset.StandardCharsets;

/** What fits into a record: its strings have lengths of two bytes, while newer requests may carry longer ones. */
final class Texts {
    private static final int MOST_BYTES_A_CHAR = 3;

    private Texts() {}

    /** Null is storable where it is allowed at all. */
    static boolean isStorable(String text) {
        return text == null
                || text.length() * (long) MOST_BYTES_A_CHAR <= Short.MAX_VALUE
                || text.getBytes(StandardCharsets.UTF_8).length <= Short.MAX_VALUE;
    }
}
