package io.barnabas.broker;

import java.util.List;

/** The broker cannot start, for reasons that its user can mend: lines for people, no stack. */
public final class StartFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> reasons;

    public StartFailure(String reason) {
        this(List.of(reason));
    }

    public StartFailure(List<String> reasons) {
        super(String.join("; ", reasons), null, false, false);
        this.reasons = List.copyOf(reasons);
    }

    public List<String> reasons() {
        return reasons;
    }
}
