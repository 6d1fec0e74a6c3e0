package io.barnabas.cluster.store;

/** What a watch saw. */
public record NodeEvent(Kind kind, String path) {

    public enum Kind {
        CREATED,
        DELETED,
        DATA_CHANGED,
        CHILDREN_CHANGED
    }
}
