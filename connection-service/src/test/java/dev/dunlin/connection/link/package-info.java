@NullMarked
package dev.dunlin.connection.link;

import org.jspecify.annotations.NullMarked;
