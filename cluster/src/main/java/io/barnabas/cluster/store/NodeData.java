package io.barnabas.cluster.store;

import java.nio.charset.StandardCharsets;

/**
 * A node as read.
 *
 * @param bytes never null; a node without data has none
 */
public record NodeData(byte[] bytes, NodeStat stat) {

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
