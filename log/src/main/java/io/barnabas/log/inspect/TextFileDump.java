package io.barnabas.log.inspect;

import io.barnabas.log.directory.CheckpointFile;
import io.barnabas.log.directory.CheckpointFile.MalformedCheckpointException;
import io.barnabas.log.directory.MetaProperties;
import io.barnabas.log.directory.PartitionMetadata;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.file.Path;

/** Prints the small text files: checkpoints, and whose a directory is. Stateless. */
final class TextFileDump {
    private final Disk disk;
    private final EntryOutput out;

    TextFileDump(Disk disk, EntryOutput out) {
        this.disk = disk;
        this.out = out;
    }

    void leaderEpochs(Path file) throws IOException {
        try {
            CheckpointFile checkpoint = new CheckpointFile(disk, file);
            int line = CheckpointFile.FIRST_ENTRY_LINE;
            for (String[] words : checkpoint.read(2)) {
                out.entry(Entry.of("leaderEpoch")
                        .with("epoch", checkpoint.number(words[0], line))
                        .with("startOffset", checkpoint.number(words[1], line)));
                line++;
            }
        } catch (MalformedCheckpointException malformed) {
            damage(malformed);
        }
    }

    void offsets(Path file) throws IOException {
        try {
            CheckpointFile checkpoint = new CheckpointFile(disk, file);
            int line = CheckpointFile.FIRST_ENTRY_LINE;
            for (String[] words : checkpoint.read(3)) {
                out.entry(Entry.of("checkpoint")
                        .with("topic", words[0])
                        .with("partition", checkpoint.number(words[1], line))
                        .with("offset", checkpoint.number(words[2], line)));
                line++;
            }
        } catch (MalformedCheckpointException malformed) {
            damage(malformed);
        }
    }

    void partitionMetadata(Path file) throws IOException {
        try {
            out.entry(Entry.of("topicId").with("topicId", PartitionMetadata.read(disk, file.getParent())));
        } catch (IOException malformed) {
            damage(malformed);
        }
    }

    void metaProperties(Path file) throws IOException {
        try {
            MetaProperties meta = MetaProperties.read(disk, file.getParent()).orElseThrow();
            out.entry(Entry.of("directory")
                    .with("version", meta.version())
                    .with(
                            "brokerId",
                            meta.brokerId().isPresent() ? meta.brokerId().getAsInt() : null)
                    .with("clusterId", meta.clusterId().orElse(null)));
        } catch (IOException malformed) {
            damage(malformed);
        }
    }

    private void damage(IOException malformed) throws IOException {
        out.entry(Entry.of(RecordDump.DAMAGE).with("problem", malformed.getMessage()));
    }
}
