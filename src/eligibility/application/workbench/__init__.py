"""What people do after a batch: who may do what, the queue, a question with its evidence, answers, signatures, deciding again."""
