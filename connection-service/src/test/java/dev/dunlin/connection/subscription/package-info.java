@NullMarked
package dev.dunlin.connection.subscription;

import org.jspecify.annotations.NullMarked;
