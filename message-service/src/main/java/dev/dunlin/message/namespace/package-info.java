/** Namespaces and what their policies allow. Pure. */
@NullMarked
package dev.dunlin.message.namespace;

import org.jspecify.annotations.NullMarked;
