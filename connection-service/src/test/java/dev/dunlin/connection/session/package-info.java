@NullMarked
package dev.dunlin.connection.session;

import org.jspecify.annotations.NullMarked;
