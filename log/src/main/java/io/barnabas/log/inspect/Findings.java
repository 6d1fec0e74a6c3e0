package io.barnabas.log.inspect;

import io.barnabas.log.inspect.Finding.Severity;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Hands out and counts what a check finds. Confined to one thread. */
final class Findings {
    private final Consumer<Finding> listener;
    private int problems;
    private int notes;

    Findings(Consumer<Finding> listener) {
        this.listener = listener;
    }

    void problem(Path file, String what) {
        problem(file, Finding.WHOLE_FILE, what);
    }

    void problem(Path file, long position, String what) {
        problems++;
        listener.accept(new Finding(Severity.PROBLEM, file, position, what));
    }

    void note(Path file, String what) {
        note(file, Finding.WHOLE_FILE, what);
    }

    void note(Path file, long position, String what) {
        notes++;
        listener.accept(new Finding(Severity.NOTE, file, position, what));
    }

    /** A problem where the file was left in its final form; before that, the next start looks at it anyway. */
    void found(boolean settled, Path file, long position, String what) {
        if (settled) {
            problem(file, position, what);
        } else {
            note(file, position, what + " (the last stop was no clean one; the next start sets it right)");
        }
    }

    int problems() {
        return problems;
    }

    int notes() {
        return notes;
    }
}
