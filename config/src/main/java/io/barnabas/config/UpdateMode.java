package io.barnabas.config;

/** Whether, and at which level, a broker key may change while the broker runs. */
public enum UpdateMode {
    READ_ONLY("read-only"),
    PER_BROKER("per-broker"),
    /** May be set for the whole cluster, and for one broker too. */
    CLUSTER_WIDE("cluster-wide");

    private final String text;

    UpdateMode(String text) {
        this.text = text;
    }

    public boolean isDynamic() {
        return this != READ_ONLY;
    }

    @Override
    public String toString() {
        return text;
    }
}
