package io.barnabas.log.inspect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Entries for people: a line each, in the manner of Kafka's DumpLogSegments; records with a bar before them. */
public final class TextEntries implements EntryOutput {
    private final Appendable out;

    public TextEntries(Appendable out) {
        this.out = out;
    }

    @Override
    public void file(Path file) throws IOException {
        out.append("Dumping ").append(file.toString()).append('\n');
    }

    @Override
    public void entry(Entry entry) throws IOException {
        if (entry.kind().equals(RecordDump.RECORD)) {
            out.append("| ");
        }
        String gap = "";
        for (Map.Entry<String, Object> field : entry.fields().entrySet()) {
            out.append(gap).append(field.getKey()).append(": ").append(String.valueOf(field.getValue()));
            gap = " ";
        }
        out.append('\n');
    }
}
