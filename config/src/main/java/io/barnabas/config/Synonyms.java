package io.barnabas.config;

import java.util.List;

/** A description begins with the key's own name: a value under a stand-in's name before it is left out, as tools expect. */
final class Synonyms {

    private Synonyms() {}

    static List<ConfigEntry.Synonym> fromItsOwnNameOn(String name, List<ConfigEntry.Synonym> all) {
        int first = 0;
        while (first < all.size() && !all.get(first).name().equals(name)) first++;
        return all.subList(first, all.size());
    }
}
