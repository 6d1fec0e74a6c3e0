package io.barnabas.log;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Logs that were written to since somebody last looked. Any thread may call; a log adds itself once until it is taken. */
public final class DirtyLogs {
    private final Set<PartitionLog> logs = ConcurrentHashMap.newKeySet();

    void add(PartitionLog log) {
        logs.add(log);
    }

    void remove(PartitionLog log) {
        logs.remove(log);
    }

    /** Those that are dirty now, by name; what is written from here on makes a log dirty again. */
    List<PartitionLog> take() {
        List<PartitionLog> taken = new ArrayList<>();
        for (Iterator<PartitionLog> all = logs.iterator(); all.hasNext(); ) {
            taken.add(all.next());
            all.remove();
        }
        taken.sort(Comparator.comparing(PartitionLog::topicPartition));
        return taken;
    }
}
