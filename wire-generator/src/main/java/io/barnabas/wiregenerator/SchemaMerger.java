package io.barnabas.wiregenerator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes one description of a message out of two releases' descriptions.
 *
 * <p>The rule: a version is described by the newer schema where that has it, else by the older. So everything the newer
 * schema says holds in the versions the newer schema has, and everything the older says holds in just those that the
 * newer lacks; a field both have, by name, is one field. Versions that the older schema called unstable are left out,
 * because their bytes were never promised. Two descriptions that contradict each other in more than versions (another
 * type, another tag, another order of common fields) end the build.
 */
final class SchemaMerger {
    private final String message;
    private final Versions newerVersions;
    private final Versions olderVersions;

    private SchemaMerger(Schema message, Versions newerVersions, Versions olderVersions) {
        this.message = message.name();
        this.newerVersions = newerVersions;
        this.olderVersions = olderVersions;
    }

    /** Either may be null, where one release lacks the message; the answer is null when no version is left. */
    static Schema merge(Schema newer, Schema older) {
        Versions newerVersions = newer == null ? Versions.NONE : newer.valid();
        Versions olderVersions = older == null
                ? Versions.NONE
                : older.valid().minus(older.unstable()).minus(newerVersions);
        if (newerVersions.isEmpty()) {
            return olderVersions.isEmpty() ? null : new SchemaMerger(older, newerVersions, olderVersions).whole(older);
        }
        return olderVersions.isEmpty()
                ? new SchemaMerger(newer, newerVersions, olderVersions).whole(newer)
                : new SchemaMerger(newer, newerVersions, olderVersions).both(newer, older);
    }

    private Schema whole(Schema only) {
        return both(only, only);
    }

    private Schema both(Schema newer, Schema older) {
        return new Schema(
                newer.name(),
                newer.kind(),
                newer.apiKey(),
                newerVersions.or(olderVersions),
                pick(newer.flexible(), older.flexible()),
                newer.unstable().and(newerVersions),
                struct(newer.body(), older.body()),
                structs(newer.structs(), older.structs()));
    }

    private Versions pick(Versions newer, Versions older) {
        return newer.and(newerVersions).or(older.and(olderVersions));
    }

    private Map<String, Struct> structs(Map<String, Struct> newer, Map<String, Struct> older) {
        Map<String, Struct> merged = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>(newer.keySet());
        names.addAll(older.keySet());
        for (String name : names) {
            Struct none = new Struct(name, List.of());
            Struct struct = struct(newer.getOrDefault(name, none), older.getOrDefault(name, none));
            if (!struct.fields().isEmpty()) {
                merged.put(name, struct);
            }
        }
        return merged;
    }

    /** Keeps both orders: fields of one side alone stand where they stood between the common ones. */
    private Struct struct(Struct newer, Struct older) {
        List<Field> left = new ArrayList<>(newer.fields());
        List<Field> merged = new ArrayList<>();
        for (Field field : older.fields()) {
            int common = indexOf(left, field.name());
            if (common < 0) {
                if (indexOf(newer.fields(), field.name()) >= 0) {
                    throw new IllegalStateException(message + ": the two orders of " + field.name() + " contradict");
                }
                add(merged, absent(field), field);
                continue;
            }
            left.subList(0, common).forEach(before -> add(merged, before, absent(before)));
            add(merged, left.get(common), field);
            left.subList(0, common + 1).clear();
        }
        left.forEach(after -> add(merged, after, absent(after)));
        return new Struct(newer.name(), merged);
    }

    /** The same field, absent everywhere: what the side says that does not know it. */
    private static Field absent(Field field) {
        Versions none = Versions.NONE;
        return new Field(
                field.name(), field.type(), none, none, none, field.tag(), none, field.defaultText(), field.about());
    }

    private void add(List<Field> merged, Field newer, Field older) {
        Versions versions = pick(newer.versions(), older.versions());
        if (versions.isEmpty()) {
            return;
        }
        if (!newer.type().equals(older.type())) {
            throw new IllegalStateException(message + ": " + newer.name() + " has two types");
        }
        Versions tagged = pick(newer.tagged(), older.tagged());
        if (newer.tag() != older.tag() && !tagged.isEmpty()) {
            throw new IllegalStateException(message + ": " + newer.name() + " has two tags");
        }
        merged.add(new Field(
                newer.name(),
                newer.type(),
                versions,
                pick(newer.nullable(), older.nullable()).and(versions),
                tagged.and(versions),
                newer.tag(),
                pick(newer.flexible(), older.flexible()),
                newer.defaultText(),
                newer.about()));
    }

    private static int indexOf(List<Field> fields, String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
