package io.barnabas.group;

import java.util.Locale;

/** Where a group stands in the classic protocol. */
public enum GroupState {
    /** Nobody in it; perhaps committed offsets. */
    EMPTY("Empty"),
    /** Its members are asked to join again. */
    PREPARING_REBALANCE("PreparingRebalance"),
    /** Its members know the new generation; the leader's assignment is awaited. */
    COMPLETING_REBALANCE("CompletingRebalance"),
    /** Everybody works. */
    STABLE("Stable");

    /** What the tools call a group that does not exist. */
    public static final String DEAD = "Dead";

    private final String title;

    GroupState(String title) {
        this.title = title;
    }

    /** As the tools print it. */
    public String title() {
        return title;
    }

    /** For filters, which ignore case. */
    String lowerCaseTitle() {
        return title.toLowerCase(Locale.ROOT);
    }
}
