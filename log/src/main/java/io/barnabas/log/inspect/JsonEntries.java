package io.barnabas.log.inspect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Entries for programs: a JSON object a line, with the file and the kind of entry first. */
public final class JsonEntries implements EntryOutput {
    private static final JsonFactory JSON = new JsonFactory();

    private final Appendable out;
    private Path file;

    public JsonEntries(Appendable out) {
        this.out = out;
    }

    @Override
    public void file(Path next) {
        file = next;
    }

    @Override
    public void entry(Entry entry) throws IOException {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            if (file != null) {
                json.writeStringField("file", file.toString());
            }
            json.writeStringField("kind", entry.kind());
            for (Map.Entry<String, Object> field : entry.fields().entrySet()) {
                json.writeFieldName(field.getKey());
                write(json, field.getValue());
            }
            json.writeEndObject();
        }
        out.append(line.getBuffer()).append('\n');
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object each : list) {
                write(json, each);
            }
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> each : map.entrySet()) {
                json.writeFieldName(String.valueOf(each.getKey()));
                write(json, each.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value.toString());
        }
    }
}
