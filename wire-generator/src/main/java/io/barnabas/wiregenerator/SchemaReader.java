package io.barnabas.wiregenerator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns the JSON of one schema (with comments, as Kafka publishes it) into a {@link Schema}. */
final class SchemaReader {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();

    private final Map<String, Struct> structs = new LinkedHashMap<>();
    private final Versions flexible;

    private SchemaReader(Versions flexible) {
        this.flexible = flexible;
    }

    static Schema read(byte[] json) throws IOException {
        Map<?, ?> root;
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            root = (Map<?, ?>) value(parser);
        }
        Versions flexible = Versions.parse(text(root, "flexibleVersions"));
        Versions valid = Versions.parse(text(root, "validVersions"));
        boolean latestUnstable = Boolean.parseBoolean(text(root, "latestVersionUnstable"));
        SchemaReader reader = new SchemaReader(flexible);
        String name = text(root, "name");
        for (Object common : list(root, "commonStructs")) {
            Map<?, ?> struct = (Map<?, ?>) common;
            reader.addStruct(text(struct, "name"), list(struct, "fields"));
        }
        return new Schema(
                name,
                text(root, "type"),
                root.containsKey("apiKey") ? Integer.parseInt(text(root, "apiKey")) : -1,
                valid,
                flexible.and(valid),
                latestUnstable ? Versions.range(valid.highest(), valid.highest()) : Versions.NONE,
                new Struct(name, reader.fields(list(root, "fields"))),
                reader.structs);
    }

    private void addStruct(String name, List<?> fields) {
        if (structs.put(name, new Struct(name, fields(fields))) != null) {
            throw new IllegalArgumentException("two structs named " + name);
        }
    }

    private List<Field> fields(List<?> described) {
        List<Field> fields = new ArrayList<>();
        for (Object one : described) {
            Map<?, ?> field = (Map<?, ?>) one;
            FieldType type = FieldType.parse(text(field, "type"));
            if (field.containsKey("fields")) {
                addStruct(type.element(), list(field, "fields"));
            }
            String tag = text(field, "tag");
            fields.add(new Field(
                    text(field, "name"),
                    type,
                    Versions.parse(text(field, "versions")),
                    Versions.parse(text(field, "nullableVersions")),
                    Versions.parse(text(field, "taggedVersions")),
                    tag == null ? -1 : Integer.parseInt(tag),
                    field.containsKey("flexibleVersions") ? Versions.parse(text(field, "flexibleVersions")) : flexible,
                    text(field, "default"),
                    text(field, "about")));
        }
        return fields;
    }

    private static String text(Map<?, ?> object, String key) {
        Object value = object.get(key);
        return value == null ? null : value.toString();
    }

    private static List<?> list(Map<?, ?> object, String key) {
        Object value = object.get(key);
        return value == null ? List.of() : (List<?>) value;
    }

    private static Object value(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> object = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                object.put(key, value(parser));
            }
            return object;
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(parser));
            }
            return list;
        }
        return parser.getText();
    }
}
