package io.barnabas.wiregenerator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All schemas of one release, as unpacked from its jar. */
final class SchemaSet {
    private final Map<String, byte[]> files = new TreeMap<>();

    private SchemaSet() {}

    static SchemaSet load(Path directory) throws IOException {
        SchemaSet set = new SchemaSet();
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                if (path.toString().endsWith(".json")) {
                    set.files.put(path.getFileName().toString(), Files.readAllBytes(path));
                }
            }
        }
        return set;
    }

    /** SHA-256 over names and contents, in the order of names. */
    String checksum() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, content) -> {
                digest.update((name + " " + content.length + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The messages of both sets under {@link SchemaMerger}'s rule. Requests and responses are matched by their key, for a
     * key keeps its meaning when its message is renamed; the rest by name.
     */
    static List<Schema> merge(SchemaSet newer, SchemaSet older) {
        Map<String, Schema> newerByIdentity = newer.parse();
        Map<String, Schema> olderByIdentity = older.parse();
        Map<String, Schema> identities = new LinkedHashMap<>(newerByIdentity);
        olderByIdentity.forEach(identities::putIfAbsent);
        List<Schema> merged = new ArrayList<>();
        for (String identity : identities.keySet()) {
            Schema schema = SchemaMerger.merge(newerByIdentity.get(identity), olderByIdentity.get(identity));
            if (schema != null) {
                merged.add(schema);
            }
        }
        return merged;
    }

    private Map<String, Schema> parse() {
        Map<String, Schema> parsed = new LinkedHashMap<>();
        files.forEach((name, content) -> {
            try {
                Schema schema = SchemaReader.read(content);
                parsed.put(schema.isApi() ? schema.kind() + " " + schema.apiKey() : schema.name(), schema);
            } catch (IOException e) {
                throw new UncheckedIOException(name, e);
            } catch (RuntimeException e) {
                throw new IllegalStateException(name + ": " + e.getMessage(), e);
            }
        });
        parsed.replaceAll((identity, schema) -> {
            Schema request = parsed.get("request " + schema.apiKey());
            return request == null ? schema : schema.withUnstable(request.unstable());
        });
        return parsed;
    }
}
