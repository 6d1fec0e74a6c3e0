package io.barnabas.log;

import io.barnabas.wire.TopicPartition;
import java.io.IOException;

/**
 * What one log leaves for the disk pool, and what becomes of failures there: they take the directory offline, unless
 * the log is gone meanwhile and its files with it. Any thread may call.
 */
final class DiskTasks {
    /** Something that may fail on disk. */
    @FunctionalInterface
    interface Task {
        void run() throws IOException;
    }

    private final LogResources resources;
    private final LogDirectory home;
    private final TopicPartition topicPartition;
    /** Counts beginnings and ends; changes under the partition's lock. */
    private volatile int renames;

    private volatile boolean ended;

    DiskTasks(LogResources resources, LogDirectory home, TopicPartition topicPartition) {
        this.resources = resources;
        this.home = home;
        this.topicPartition = topicPartition;
    }

    /** Runs the task on the disk pool, unless the log is gone by then. */
    void later(String what, Task task) {
        resources.later(what + " of " + topicPartition, () -> attempt(what, task));
    }

    /** Runs the task now, unless the log is gone. */
    void attempt(String what, Task task) {
        if (ended || home.isOffline()) {
            return;
        }
        int before = renames;
        try {
            task.run();
        } catch (IOException failure) {
            if (isUnderWay(before) || renames != before) {
                // The directory got another name meanwhile.
                later(what, task);
            } else {
                failed(what, failure);
            }
        }
    }

    /** While the directory gets another name, tasks that do not find their files are no failures: they come again. */
    void renameBegins() {
        renames++;
    }

    void renameEnded() {
        renames++;
    }

    private static boolean isUnderWay(int renames) {
        return renames % 2 == 1;
    }

    void failed(String what, IOException failure) {
        if (!ended) {
            home.failed(what + " of " + topicPartition, failure);
        }
    }

    /** From here on nothing more is done, and failures mean nothing. */
    void end() {
        ended = true;
    }

    boolean haveEnded() {
        return ended;
    }
}
