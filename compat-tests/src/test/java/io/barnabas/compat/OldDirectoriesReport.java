package io.barnabas.compat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How far each directory has come, told on the way and, where several were asked for, once more in the end. */
final class OldDirectoriesReport {
    private final List<Directory> directories = new ArrayList<>();

    private static final class Directory {
        private final String name;
        private final long startedAt = System.nanoTime();
        private final List<String> steps = new ArrayList<>();
        private String end = "FAILED behind this";

        private Directory(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name + ": " + String.join("; ", steps) + ": " + end;
        }
    }

    void begin(String maker, String end) {
        directories.add(new Directory(maker + " " + end));
    }

    void done(String step) {
        Directory directory = directories.get(directories.size() - 1);
        directory.steps.add(step);
        System.out.println(directory.name + ": " + step);
    }

    void passed(String step) {
        done(step);
        Directory directory = directories.get(directories.size() - 1);
        long seconds = Duration.ofNanos(System.nanoTime() - directory.startedAt).toSeconds();
        directory.end = "passed in " + seconds + " s";
    }

    void print() {
        System.out.println();
        directories.forEach(System.out::println);
    }
}
