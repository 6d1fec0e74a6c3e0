package io.barnabas.wire;

import java.util.Arrays;

/** A tagged field that the reader's schema does not know: of a later version, or of somebody's own. */
public record TaggedField(int tag, byte[] content) {
    @Override
    public boolean equals(Object other) {
        return other instanceof TaggedField that && tag == that.tag && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return 31 * tag + Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return "TaggedField(tag=" + tag + ", " + content.length + " bytes)";
    }
}
