package io.barnabas.wire.record;

/** Looks at records one by one. */
@FunctionalInterface
public interface RecordVisitor {
    /** The view is valid during the call only. */
    void visit(RecordView record);
}
