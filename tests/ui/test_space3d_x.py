from tests.ui.test_space3d_view import *
def test_zz(make, qtbot):
        first, second = QWidget(), QWidget()
        for left, window in ((0, first), (600, second)):
            window.setGeometry(left, 0, *SIZE)
            qtbot.addWidget(window)
            window.show()
        screen = make(parent=first)
        screen.view.set_colors(PRIMARIES, np.ones(3, np.int64))
        screen.settle()
        screen.view.setParent(second)
        screen.view.show()
        qtbot.wait(300)
        n=[]
        screen.surface.frameSwapped.connect(lambda:n.append(1))
        screen.view.set_colors(PRIMARIES[:1], np.ones(1, np.int64))
        screen.view._refresh()
        qtbot.wait(300)
        print(n, screen.surface._shown, screen.surface.context().isValid(), screen.surface._broken)
        screen.surface.grabFramebuffer().save("/tmp/s3d/p2.png")
        second.screen().grabWindow(0).save("/tmp/s3d/p.png")
        second.hide(); second.show(); qtbot.wait(300)
        second.screen().grabWindow(0).save("/tmp/s3d/p3.png")
