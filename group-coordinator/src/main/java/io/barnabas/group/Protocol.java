package io.barnabas.group;

import java.util.Arrays;

/** A way to share out work that a member supports, with what it tells the leader; opaque to the coordinator. */
public record Protocol(String name, byte[] metadata) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Protocol that && name.equals(that.name) && Arrays.equals(metadata, that.metadata);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(metadata);
    }

    @Override
    public String toString() {
        return name + "[" + metadata.length + " bytes]";
    }
}
