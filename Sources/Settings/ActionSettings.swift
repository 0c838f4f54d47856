/// `model.actions`: what each action says of an item.
package struct ActionSettings: Equatable, Sendable {
    package var like: Float = 1
    package var purchase: Float = 1
    package var play: Float = 1
    package var click: Float = 1
    package var view: Float = 0.5
    package var impression: Float = -0.02
    package var skip: Float = -0.3
    package var dislike: Float = -1

    package init() {}
}
