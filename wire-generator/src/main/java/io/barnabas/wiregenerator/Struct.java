package io.barnabas.wiregenerator;

import java.util.Comparator;
import java.util.List;

/** A named group of fields, in the order of the wire: a whole message, or a struct within one. */
record Struct(String name, List<Field> fields) {

    List<Field> fieldsByTag() {
        return fields.stream()
                .filter(field -> !field.tagged().isEmpty())
                .sorted(Comparator.comparingInt(Field::tag))
                .toList();
    }
}
