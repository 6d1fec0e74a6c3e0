package io.barnabas.wiregenerator;

import com.palantir.javapoet.JavaFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes the message classes. Arguments: directory of the newer schemas, directory of the older ones, file with the
 * checksums both must have, directory for the sources. A source whose text is as it was is left untouched, so that
 * nothing is compiled again without need.
 */
public final class GenerateMessages {
    private GenerateMessages() {}

    public static void main(String[] arguments) throws IOException {
        Path checksums = Path.of(arguments[2]);
        Path sources = Path.of(arguments[3]);
        SchemaSet newer = SchemaSet.load(Path.of(arguments[0]));
        SchemaSet older = SchemaSet.load(Path.of(arguments[1]));
        checkSame("newer", newer, checksums);
        checkSame("older", older, checksums);

        List<Schema> schemas = SchemaSet.merge(newer, older);
        List<JavaFile> files = new ArrayList<>();
        schemas.forEach(schema -> files.add(new MessageWriter(schema).file()));
        List<Api> apis = Api.pair(schemas);
        files.add(new ApiKeyWriter(apis).file());
        replace(sources, files);
    }

    /** The schemas are not ours and not committed: whoever changes their release looks at what changed, then here. */
    private static void checkSame(String which, SchemaSet set, Path checksums) throws IOException {
        Properties expected = new Properties();
        try (var in = Files.newBufferedReader(checksums)) {
            expected.load(in);
        }
        if (!set.checksum().equals(expected.getProperty(which))) {
            throw new IllegalStateException("The " + which + " message schemas are not those this code was checked"
                    + " against. Compare them, then set " + which + "=" + set.checksum() + " in " + checksums);
        }
    }

    private static void replace(Path sources, List<JavaFile> files) throws IOException {
        Set<Path> written = new HashSet<>();
        for (JavaFile file : files) {
            Path path = sources.resolve(file.packageName().replace('.', '/'))
                    .resolve(file.typeSpec().name() + ".java");
            written.add(path);
            byte[] text = file.toString().getBytes(StandardCharsets.UTF_8);
            if (!Files.exists(path) || !java.util.Arrays.equals(Files.readAllBytes(path), text)) {
                Files.createDirectories(path.getParent());
                Files.write(path, text);
            }
        }
        try (Stream<Path> present = Files.walk(sources)) {
            for (Path path : (Iterable<Path>) present.filter(Files::isRegularFile)::iterator) {
                if (!written.contains(path)) {
                    Files.delete(path);
                }
            }
        }
    }
}
