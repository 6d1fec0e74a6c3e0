package io.barnabas.testkit;

import io.barnabas.runtime.FaultHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps faults for a test to look at; most tests expect none. */
public final class RecordedFaults implements FaultHandler {
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();

    @Override
    public void fault(String where, Throwable cause) {
        faults.add(new AssertionError("fault in " + where + ": " + cause, cause));
    }

    public List<Throwable> faults() {
        return faults;
    }
}
