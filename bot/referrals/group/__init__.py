"""What officers do in their group: buttons pressed, replies heard, questions answered."""
