package io.barnabas.log;

import io.barnabas.wire.TopicPartition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Logs that were written to since somebody last looked. Any thread may call; a log adds itself once until it is taken. */
public final class DirtyLogs {
    private final Map<TopicPartition, PartitionLog> logs = new ConcurrentHashMap<>();

    void add(PartitionLog log) {
        logs.put(log.topicPartition(), log);
    }

    void remove(PartitionLog log) {
        logs.remove(log.topicPartition(), log);
    }

    /** Those that are dirty now, by name; what is written from here on makes a log dirty again. */
    List<PartitionLog> take() {
        List<PartitionLog> taken = new ArrayList<>();
        for (Iterator<PartitionLog> all = logs.values().iterator(); all.hasNext(); ) {
            taken.add(all.next());
            all.remove();
        }
        taken.sort(Comparator.comparing(PartitionLog::topicPartition));
        return taken;
    }
}
