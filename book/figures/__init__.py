"""Figures: what a guide knows, drawn. Values go in, drawings come out, and one drawing serves every format.

drawing    what a drawing is, and how it is written as SVG
lettering  how wide words are in the faces of a theme
atlas      which films stand on which map of similar films
geometry   points, boxes and lines
layout     where the films of a map stand
refining   the last touch to them
maps       a map as a drawing
charts     films by decade, genres across decades, runtimes
moments    when in its story an event takes place, from the writer's words
time_words the words for times that moments are read by
strips     the order on screen against the order of the story
easel      all of these on the measures of one format
"""
