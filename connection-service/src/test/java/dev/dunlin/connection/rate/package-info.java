@NullMarked
package dev.dunlin.connection.rate;

import org.jspecify.annotations.NullMarked;
