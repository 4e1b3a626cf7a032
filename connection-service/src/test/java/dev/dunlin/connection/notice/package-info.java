@NullMarked
package dev.dunlin.connection.notice;

import org.jspecify.annotations.NullMarked;
