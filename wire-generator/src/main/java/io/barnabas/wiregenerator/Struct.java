package io.barnabas.wiregenerator;

import java.util.List;

/** A named group of fields, in the order of the wire: a whole message, or a struct within one. */
record Struct(String name, List<Field> fields) {}
