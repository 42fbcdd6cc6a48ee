package quotes

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
)

// NewKey makes the key of a request that is to be carried out once, however
// often it comes. Text is what the client chose, request what it asks for, and
// secret the owner's secret of the quote that is to be saved: a client that
// missed the first answer must get it with the second. It is kept sealed with
// the text of the key, which itself is not kept.
func NewKey(text string, request []byte, secret string) (*Key, error) {
	seal, err := sealer(text)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, seal.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	hash, body := sha256.Sum256([]byte("key "+text)), sha256.Sum256(request)
	return &Key{Hash: hash[:], Request: body[:], Sealed: seal.Seal(nonce, nonce, []byte(secret), nil)}, nil
}

// OpenSealed returns the secret that was sealed with the text of a key.
func OpenSealed(text string, sealed []byte) (string, error) {
	seal, err := sealer(text)
	if err != nil {
		return "", err
	}
	if len(sealed) < seal.NonceSize() {
		return "", fmt.Errorf("%w: the sealed secret is cut off", ErrDamaged)
	}
	secret, err := seal.Open(nil, sealed[:seal.NonceSize()], sealed[seal.NonceSize():], nil)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return string(secret), nil
}

func sealer(text string) (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, []byte(text), nil, "suanpan idempotency key", 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
